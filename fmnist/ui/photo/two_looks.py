"""Both looks at a photo beside each other: what 28×28 pixels throw away."""

import streamlit as st

from fmnist.preprocessing import Seen
from fmnist.ui import charts
from fmnist.ui.cache import ReadyModel
from fmnist.ui.picture import data_url, thumbnail

# 16 times 28 and 7 times 64 pixels; two pictures, each this wide, fit a phone.
_SIDE, _WIDTH = 448, 168
_TITLES = ("28×28 in gray", "64×64 in colour")


def two_looks(model: ReadyModel, seen: Seen) -> None:
    """Show what each look sees and says alone; nothing if the model has only one."""
    looks = model.observer.each(seen)
    if len(looks) < 2:
        return
    st.caption("What 28×28 pixels throw away: the answer above weighs both looks")
    forms = [form for form in (seen.image, seen.sharp) if form is not None]
    with st.container(horizontal=True, gap="small"):
        for title, form, (probabilities, _) in zip(_TITLES, forms, looks, strict=True):
            best = int(probabilities.argmax())
            share = charts.percent(probabilities[best])
            # On a phone the sign may not go to a line of its own.
            says = f"{model.dataset.class_names[best]}, {share}".replace(" %", "\u00a0%")
            picture = data_url(thumbnail(form, _SIDE))
            st.image(picture, caption=f"{title}: **{says}**", width=_WIDTH, alt=f"{title}: {says}")
