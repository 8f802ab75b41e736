def next_frame(module, image, size, stride):
    """Cut the image into patches, black it out, then lay the last patch into its top left corner.

    What can be seen in that corner afterwards is what the patch still holds.
    """
    patches = module.im2patches(image, size, stride)
    image[...] = 0
    image[:size, :size] = patches[-1, -1]
