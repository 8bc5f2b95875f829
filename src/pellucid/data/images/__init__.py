"""Images: files, folders and arrays of them, as rows of pixels."""
