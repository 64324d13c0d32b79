"""Meet an image classifier: Fashion-MNIST from data to answer.

The map of the package:

- ``datasets``       what a data set is, one file a data set, where the files come from
- ``inputs``         what a person brings (photo, drawing) → what models see, one file a step
- ``collection``     the images that people have labelled themselves, on disk
- ``architectures``  one file a network
- ``training``       configuration, fitting, runs on disk, the process that outlives the page
- ``models``         the model store: list, load, save, card; what an answer costs; what others
                     have published
- ``classifier``     images → probabilities and ``unfamiliarity``, without TensorFlow;
                     ``verdict`` says in a word what they are worth
- ``observer``       who answers about what people bring: a classifier from both sides and, of a
                     photo, one that looks sharper too
- ``calibration``    whether answers are as often right as they say
- ``evaluation``     accuracy, loss, confusion; ``folder_evaluation`` has them for photos and
                     drawings that lie in a ``labelled_folder`` for each class, and
                     ``strangers`` are drawings that show none of the classes
- ``comparison``     what one model gets right that another misses; ``interval`` is how far a
                     measured share may be off
- ``commands``       the command line, one file a command
- ``ui``             what pages share: cached resources, charts, the gallery, the prediction panel
- ``pages``          one page a file, scripts read top to bottom

Imports go one way: ``app → pages → ui → everything else``. Only ``ui``, ``pages`` and ``app.py``
import Streamlit, pages import neither Keras nor threading, and nobody imports a page. What the
web process imports never imports TensorFlow. ``tests/test_house.py`` holds these rules.

One contract joins the rooms: an image is ``uint8 (28, 28)``, 0 background and 255 garment or ink;
a photo has the form of the sharper look beside it, ``uint8 (64, 64, 3)``, see ``inputs.Seen``.
Scaling to 0–1 is a layer inside each model.
"""
