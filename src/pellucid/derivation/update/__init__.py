"""The update as lines: for each kind of stage, how it comes to the number that the stage itself gives."""
