"""The words of the course, each in a sentence."""

GLOSSARY: dict[str, str] = {
    "accuracy": "The share of images whose answer is right.",
    "activation": "What a unit passes on: its sum after a function, ReLU or one of its siblings "
    "sigmoid, tanh and ELU.",
    "Adam": "An optimiser that chooses each weight's step by that weight's own recent gradients.",
    "argmax": "The place of the greatest of several numbers: it names the winner and drops the "
    "rest.",
    "augmentation": "Showing training images in changed forms, mirrored or turned, so that the "
    "network learns what does not matter.",
    "batch": "The images, 32 say, from which one step of training takes its gradient.",
    "bias": "The number that a unit adds to its weighted sum.",
    "calibration error": "How far a network's probabilities are from the share that is right: 0 if "
    "of all it is 80 % sure of, 80 % are right.",
    "classification": "Picking one of several classes, with a probability for each.",
    "compile": "In Keras: naming the loss and the optimiser. No weight changes.",
    "convolution": "Passing a small filter over an image: at each place, pixels times weights, "
    "summed.",
    "cross-entropy": "The loss of classification: minus the logarithm of the probability that the "
    "true class gets.",
    "dense": "Of a layer: each unit weighs every number that comes in.",
    "epoch": "Once through all training images.",
    "feature": "A number that a network computes of an image on the way to its answer.",
    "filter": "The few weights, 3×3 say, that a convolution passes over an image.",
    "fit": "In Keras: training, batch after batch, epoch after epoch.",
    "flatten": "Laying the rows of an image into one line; no number changes.",
    "gradient": "The direction in which the loss grows fastest; training goes the other way.",
    "label": "The class that an image belongs to, as people have said.",
    "learning rate": "How far one step goes for a given gradient.",
    "loss": "How wrong a network is, in one number that training makes smaller.",
    "max pooling": "Keeping the greatest number of each small window.",
    "optimiser": "The rule by which a gradient becomes a step.",
    "overfitting": "Learning the training images by heart: their loss falls, that of others rises.",
    "parameter": "A weight or a bias: a number that training finds.",
    "regression": "Predicting a number.",
    "ReLU": "A function: zero for what is below zero, all else unchanged.",
    "SGD": "Stochastic gradient descent: each step is the learning rate times the gradient.",
    "softmax": "Scores become shares of one whole: e to the power of each, divided by their sum.",
    "temperature": "What scores are divided by before softmax; below 1 it sharpens, above it "
    "evens out.",
    "test set": "Images looked at once, at the end, when nothing is chosen any more.",
    "training set": "Images from which the weights are learnt.",
    "unit": "One neuron of a layer: a weighted sum, a bias, an activation.",
    "validation set": "Images held out to choose by: when to stop, which settings.",
    "weight": "A number that an input is multiplied by; training changes it.",
}
