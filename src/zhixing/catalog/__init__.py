"""What is there to learn? Pack folders in, a `Catalog` or every problem at once out."""
