"""Meet an image classifier: Fashion-MNIST from data to prediction.

The map of the package:

- ``settings``       every path and environment variable
- ``storage``        files and folders written whole or not at all; the CSV log
- ``leftovers``      what was being written when its process was killed, swept
- ``exchange``       two folders that change places in one step
- ``datasets``       what a data set is, one file a data set; sources, downloads, formats, checksums
- ``labelled_photos``
                     folders of real photos: what each shows, and which are held out
- ``preprocessing``  from a photo, drawing or file to what models take: pipelines of steps, readers,
                     segmentation, edits
- ``my_images``      the images that people have labelled themselves, on disk
- ``architectures``  the networks, one file a family
- ``models``         trained models: the card, the files, the store; what others have published
- ``inference``      images → predictions, without TensorFlow: classifier, photo model,
                     ensemble, OOD, calibration, predictions for a whole split
- ``explanation``    why a model answers so: a network's layers, one file a method; neighbours,
                     perturbations, a filter by hand
- ``exploration``    what is in the data: a map of all images, doubtful labels by cross-validation,
                     near-duplicates, pixel statistics
- ``evaluation``     metrics, significance, photos by source, drawings, OOD probes, selection, cost,
                     reports
- ``engine``         one contract, work mapped over many items: local processes, Ray; tables of
                     millions of pictures, committed shard by shard
- ``training``       configuration, tasks, trainer, losses, augmentation, synthetic material,
                     photos, pretrained weights; runs on disk, their queue and the worker that
                     outlives the page
- ``lessons``        what the lessons of the course compute, in numpy: small networks, losses and
                     optimisers; the glossary, the written assignment
- ``commands``       the command line, one file a command
- ``visitors``       the people who share a server, each with images and runs of their own
- ``limits``         how much one person, and all together, may take of a server
- ``server``         what stands between the network and the app: headers, hosts, caps, health
- ``ui``             what pages share, at the top; below it what one page alone needs
- ``pages``          one page a file, scripts read top to bottom

To add an architecture, a data set, a loss, an augmentation, a method of explanation or a task,
write its file and add its line to the table in its room's ``__init__``; to add a step or a
pipeline, to ``preprocessing.pipelines``; a preset, to ``training.preset``; a lesson, to
``ui.learn``; a page, to ``app.py``. Contract tests run over the tables, and command line, forms
and cards show what stands there.

Imports go one way: ``app → server, pages → ui → everything else``. Only what stands before the
last arrow imports Streamlit, pages import neither Keras nor threading, nobody imports a page, and
``ui.<page>`` is imported by its page alone. What the web process imports never imports TensorFlow.
``tests/test_house.py`` holds these rules.

One contract joins the rooms: an image is ``uint8 (28, 28)``, 0 background and 255 garment or ink;
a photo has the form of the photo model beside it, ``uint8 (192, 192, 3)``, see
``preprocessing.ModelInputs``. Scaling to 0–1 is a layer inside each model.
"""
