"""Doubtful labels, and images that occur nearly twice."""

from datetime import datetime

import streamlit as st

from fmnist import settings
from fmnist.datasets import Dataset, SplitName
from fmnist.exploration.issues import Issues, Made, data_digest, read_issues
from fmnist.exploration.near_duplicates import NEAR
from fmnist.ui.cache import ReadyModel
from fmnist.ui.data.cards import label_card, pair_card
from fmnist.ui.data.overview import both_halves
from fmnist.ui.glossary import write
from fmnist.ui.splits import LoadedSplit
from fmnist.ui.wording import percent, wording

_HALVES: dict[str, SplitName] = {"Training": "train", "Test": "test"}
_ANY = "Any"
_PAGE_SIZE, _PAIRS = 24, 12
_SUREST = 0.999  # what is kept in half precision may read 1, which no network says
_AT, _FILTER, _PAIR_PAGE = "at", "filter-before", "pairs"


def labels(model: ReadyModel) -> None:
    """Show which labels of the data set are doubtful, and which test images are near a known one.

    It was found once, by a command, and is read from a file.
    """
    halves = both_halves(model)
    if halves is None:
        return
    dataset, (train, test) = model.dataset, halves
    digest = data_digest(
        {"train": (train.digest, train.labels), "test": (test.digest, test.labels)}
    )
    found = _issues(dataset.name, digest)
    if found is None:
        st.info(
            f"For this copy of {dataset.title} nobody has looked yet. It takes half an hour: "
            f"`python -m fmnist issues {dataset.name}`",
            icon=":material/search:",
        )
        return
    splits: dict[SplitName, LoadedSplit] = {"train": train, "test": test}
    _doubtful(dataset, splits, found)
    _near(dataset, splits, found)


def _doubtful(dataset: Dataset, splits: dict[SplitName, LoadedSplit], found: Issues) -> None:
    write(
        "A label is **doubtful, not wrong**, where a network that has not learnt from the image is "
        f"confident of another class. Networks err too, and some {wording(dataset).thing}s are two "
        "things. What would you say?"
    )
    names = dataset.class_names
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        half = st.segmented_control(
            "Images", list(_HALVES), default="Training", required=True, key="half",
            bind="query-params",
        )  # fmt: skip
        given, suggested = (
            st.selectbox(label, [_ANY, *names], key=key, bind="query-params", width=150)
            for label, key in (("Label given", "given"), ("Suggested", "suggested"))
        )
    split = splits[_HALVES[half]]
    chosen = found.labels[_HALVES[half]].chosen(
        *(names.index(name) if name in names else None for name in (given, suggested))
    )
    n = len(chosen.images)
    if not n:
        st.info("No label fits this choice. Try another class.")
        return
    if st.session_state.get(_FILTER) != (half, given, suggested):
        st.session_state.pop(_AT, None)
    st.session_state[_FILTER] = half, given, suggested
    share = f"{100 * n / len(split.labels):.1f} %"
    st.caption(
        f"{n:,} of {len(split.labels):,} {half.lower()} images, {share}, the most doubtful first. "
        "In bold the label given, below it the class that the network suggests, and how sure it is."
    )
    slot, pages = st.container(horizontal=True, key="doubtful"), -(-n // _PAGE_SIZE)
    page = st.pagination(pages, key=_AT, bind="query-params") if pages > 1 else 1
    shown = chosen.at(slice((page - 1) * _PAGE_SIZE, page * _PAGE_SIZE))
    with slot:
        pictures = split.images[shown.images]
        for number, was, now, (_, sure), image in zip(*shown, pictures, strict=True):
            label_card(
                image, half, int(number), names[was], f"{names[now]}? {percent(min(sure, _SUREST))}"
            )
    _how(found.made, half)


def _near(dataset: Dataset, splits: dict[SplitName, LoadedSplit], found: Issues) -> None:
    st.header("Near-duplicates between training and test", anchor=False)
    near, train, test = found.near, splits["train"], splits["test"]
    same = int((train.labels[near.train] == test.labels[near.test]).sum())
    shared = "All" if same == len(near.test) else f"{same:,} of them"
    exact = f"{found.exact:,} images occur" if found.exact else "No image occurs"
    write(
        f"{exact} twice to the last pixel. But **{len(near.test):,} of the {len(test.labels):,} "
        "test images** differ little from one that models learn from, and are easier than they "
        f"should be. {shared} have the label of that image."
    )
    if not len(near.test):
        return
    pages = -(-len(near.test) // _PAIRS)
    slot = st.container(horizontal=True, key="near")
    page = st.pagination(pages, key=_PAIR_PAGE, bind="query-params") if pages > 1 else 1
    shown = near.at(slice((page - 1) * _PAIRS, page * _PAIRS))
    with slot:
        pairs = zip(*shown, train.images[shown.train], test.images[shown.test], strict=True)
        for of_test, of_train, distance, learnt, asked in pairs:
            numbers = int(of_train), int(of_test)
            labels = train.labels[of_train], test.labels[of_test]
            names = dataset.class_names[labels[0]], dataset.class_names[labels[1]]
            pair_card((learnt, asked), numbers, names, distance)
    st.caption(
        "On the left the training image, on the right the test image. Distance: the root of the "
        "mean squared difference of the pixels, scaled to 0–1. Shown is what lies below "
        f"{NEAR}, of each test image the nearest training image."
    )


def _how(made: Made, half: str) -> None:
    with st.expander("How they were found"):
        when = f"{datetime.fromisoformat(made.date):%d %B %Y}"
        if half == "Training":
            asked = (
                f"The training images were dealt into {made.folds} folds. Of each fold, a network "
                f"({made.network}) answered that had learnt from the other folds alone; so asked, "
                f"the networks were right in {100 * made.accuracy:.1f} % of all."
            )
        else:
            asked = (
                f"The model `{made.model}` answered the test images, from none of which it learnt."
            )
        write(
            f"{asked} [Confident learning](https://arxiv.org/abs/1911.00068) (Northcutt, Jiang and "
            "Chuang, 2021) calls a label doubtful if another class is likelier, and likelier than "
            "that class is on average in images that bear its label. "
            f"Computed on {when}, {made.machine}, and again by"
        )
        st.code(made.command, language=None, wrap_lines=True)


@st.cache_resource(max_entries=4, show_spinner=False)
def _issues(dataset: str, digest: str) -> Issues | None:
    return read_issues(settings.issues_file(dataset), digest)
