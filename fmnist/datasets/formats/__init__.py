"""The forms in which a data set's files come, a file each.

The readers take an open binary stream and raise ``ValueError`` with the end of a sentence that
begins with the file's name ("… is cut off within its header"); who knows the name puts it in front.
"""
