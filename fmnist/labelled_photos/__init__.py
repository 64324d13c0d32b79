"""Labelled photos: folders of real photos, what each shows, and which are held out.

Every layout in which photos come is one file: ``folders`` has a sub-folder for each kind,
``street`` tags and masks. ``words`` says what the names of folders and tags mean.
"""

from fmnist.labelled_photos.photo import LabelledPhoto
from fmnist.labelled_photos.read import read_labelled_photo
from fmnist.labelled_photos.sources import Listing, labelled_photos, list_photos

__all__ = ["LabelledPhoto", "Listing", "labelled_photos", "list_photos", "read_labelled_photo"]
