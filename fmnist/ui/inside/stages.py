"""The stages of a network: what each is called, and what it does, in a sentence."""

from collections import Counter
from collections.abc import Sequence

from fmnist.explanation.layers import Kind, Layer

IMAGE = "Image"

# What a stage is called, and what it does.
_WORDS: dict[Kind, tuple[str, str]] = {
    "rescaling": ("Rescaling", "Each pixel is divided by 255, so that it lies between 0 and 1."),
    "convolution": (
        "Conv",
        "Each filter passes over the image and looks for one pattern everywhere: pixels × weights, "
        "summed, plus a bias.",
    ),
    "depthwise convolution": (
        "Depthwise",
        "Each filter passes over its own channel alone: pixels × weights, summed, plus a bias.",
    ),
    "max pooling": ("Pool", "Of each small window the greatest number stays: found is found."),
    "average pooling": ("Pool", "Of each small window the mean stays."),
    "global average pooling": (
        "Average",
        "Of each feature map one number stays, its mean: how much of the pattern is anywhere.",
    ),
    "add": (
        "Add",
        "What came in some layers before is added again, so that layers only learn changes.",
    ),
    "flatten": ("Flatten", "Row after row is laid into one long line; no number changes."),
    "dense": ("Dense", "Each unit weighs every number that comes in: the sum, plus a bias."),
    "sigmoid": ("Sigmoid", "Each number is bent: far below zero to 0, far above to 1."),
    "tanh": ("tanh", "Each number is bent: far below zero to −1, far above to 1."),
    "elu": ("ELU", "What is above zero stays; below, each number is bent towards −1."),
    "softmax": ("Softmax", "The scores become shares of one whole: probabilities that sum to 1."),
    "other": ("Layer", "A layer of another kind."),
}


def stage_names(layers: Sequence[Layer]) -> list[str]:
    """Name the layers in the order of computing, those of a kind that comes twice by number."""
    words = [_WORDS[layer.kind][0] for layer in layers]
    totals, seen = Counter(words), Counter[str]()
    names = []
    for word in words:
        seen[word] += 1
        names.append(f"{word} {seen[word]}" if totals[word] > 1 else word)
    return names


def summary(layer: Layer) -> str:
    """Say what a layer does, with its sizes and its parameters."""
    said = [_WORDS[layer.kind][1]]
    if layer.kind in ("convolution", "depthwise convolution") and layer.kernel is not None:
        height, width, channels, filters = layer.kernel.shape
        said.append(f"{filters} filters of {height}×{width}×{channels}.")
    if layer.relu:
        said.append("ReLU: what is below zero becomes zero.")
    size = "×".join(f"{side:,}" for side in layer.shape)
    parameters = f", {layer.parameters:,} parameters" if layer.parameters else ""
    return f"{' '.join(said)} **{size}** numbers come out{parameters}."
