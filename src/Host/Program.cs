// Opens the rooms this process was told to open.
return 2;
