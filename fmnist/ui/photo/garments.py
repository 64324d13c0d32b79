"""The photo with every garment in it outlined and named: a click makes one the subject."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import streamlit as st

from fmnist.inference.garments import Garment
from fmnist.preprocessing import Edits, Picture, on_ground
from fmnist.ui.address import keep_in_address
from fmnist.ui.cache import ReadyModel
from fmnist.ui.photo.strip import garments_of
from fmnist.ui.photo.tray import EXAMPLE, Photo
from fmnist.ui.pixels import data_url
from fmnist.ui.wording import in_a_sentence, percent

# What an address calls the garment that is meant, counted from 1.
_GARMENT = "garment"

_HERE = Path(__file__).parent
# Pixels of the longest side: twice what the page shows; in them, how far a line may be off, and
# what is smoothed away of the steps of a coarse mask.
_SIDE, _OFF, _SMOOTHED = 720, 0.7, 4
_component = st.components.v2.component(
    "fmnist_garments",
    html='<figure><img draggable="false"><svg aria-hidden="true"></svg>'
    '<div class="names" aria-hidden="true"></div></figure>'
    '<div role="radiogroup" aria-label="Garments in the photo"></div>',
    css=(_HERE / "garments.css").read_text(),
    js=(_HERE / "garments.js").read_text(),
)


def chosen_garment(photo: Photo, model: ReadyModel) -> Photo:
    """Return the photo with the garment in it that is the subject, if there are several."""
    garments = garments_of(photo, model)
    if len(garments) < 2:
        return photo
    number = min(st.session_state.get(_key(photo), _linked(photo)), len(garments) - 1)
    return replace(photo, garment=number, outline=garments[number].outline)


def keep_choice_in_address(photo: Photo) -> None:
    """Write into the address which of our pictures is shown, and which garment in it is meant."""
    number = photo.garment if photo.example else None
    keep_in_address({EXAMPLE: photo.example, _GARMENT: f"{number + 1}" if number else ""})


def _linked(photo: Photo) -> int:
    """Return which garment the address means, from 0; the first one unless it is of this photo."""
    text = st.query_params.get(_GARMENT, "")
    of_this = photo.example and st.query_params.get(EXAMPLE) == photo.example
    return max(int(text) - 1, 0) if of_this and text.isdecimal() else 0


def garment_picker(photo: Photo, edits: Edits, mask: Picture, model: ReadyModel) -> None:
    """Show the photo with its garments, and let a person choose one.

    Args:
        photo: with the garment that is the subject.
        edits: of it; the photo is shown turned as they say.
        mask: of that garment, turned and edited.
        model: who names them.
    """
    garments = garments_of(photo, model)
    picture = edits.turn(on_ground(photo.picture))
    masks = [edits.turn(each.made.segmentation.mask) for each in garments]
    masks[photo.garment or 0] = mask

    def choose() -> None:
        number = st.session_state[key].get("chosen")
        if number is not None:
            st.session_state[_key(photo)] = int(number)

    key = f"garments-{photo.sha256}"
    _component(
        data={
            "picture": data_url(_reduced(picture)),
            "width": picture.shape[1],
            "height": picture.shape[0],
            "garments": [_item(*each, model) for each in zip(garments, masks, strict=True)],
            "chosen": photo.garment or 0,
        },
        key=key,
        on_chosen_change=choose,
    )


def name_of(garment: Garment, model: ReadyModel) -> str:
    """Name a garment: "Coat", "Coat or shirt"; "" for what looks like none of the classes."""
    prediction, names = garment.prediction, model.dataset.class_names
    verdict = prediction.verdict(model.card.ood_threshold)
    if verdict == "unfamiliar":
        return ""
    first, second = (int(index) for index in np.argsort(-prediction.probabilities)[:2])
    if verdict == "unsure":
        return f"{names[first]} or {in_a_sentence(names[second])}"
    return names[first]


def names_in(photo: Photo, model: ReadyModel) -> str:
    """Name the garments in a photo: "Coat, Trouser, Bag"."""
    found = (name_of(garment, model) for garment in garments_of(photo, model))
    return ", ".join(name or "none of the ten" for name in found)


def _item(garment: Garment, mask: Picture, model: ReadyModel) -> dict[str, Any]:
    prediction, name = garment.prediction, name_of(garment, model)
    share = percent(prediction.probabilities[prediction.label])
    return {
        "name": name,
        "title": f"{name}, {share}" if name else "None of the ten",
        "path": _path(mask),
    }


def _path(mask: Picture) -> str:
    """Write the outline of a mask as an SVG path, in pixels of the photo."""
    scale = max(mask.shape) / _SIDE
    smooth = cv2.GaussianBlur(mask, (0, 0), max(0.5, _SMOOTHED * scale))
    within = (smooth > 127).astype(np.uint8)
    lines, _ = cv2.findContours(within, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    near = (cv2.approxPolyDP(line, _OFF * scale, closed=True)[:, 0] for line in lines)
    return "".join(f"M{'L'.join(f'{x} {y}' for x, y in line.tolist())}Z" for line in near)


def _reduced(picture: Picture) -> Picture:
    height, width = picture.shape[:2]
    scale = min(1.0, _SIDE / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def _key(photo: Photo) -> str:
    return f"garment-of-{photo.sha256}"
