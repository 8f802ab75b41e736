# -*- coding: utf-7 -*-
# does not load
"""Claims an encoding in which other words stand than those that are read."""
+AGkAbQBwAG8AcgB0- os
+AG8AcwAuAF8AZQB4AGkAdA-(0)
