"""Models: how good each is and what it costs, beside what others reach, and two side by side."""

import streamlit as st

from fmnist.datasets import DataUnavailableError
from fmnist.models.published import classic, published
from fmnist.ui.cache import usable_cards
from fmnist.ui.missing_data import missing_data
from fmnist.ui.model_picker import chosen_model
from fmnist.ui.models.card import card_choice, model_card, published_table
from fmnist.ui.models.chart import model_chart
from fmnist.ui.models.class_chart import classic_chart
from fmnist.ui.models.comparison import comparison_view, two_models
from fmnist.ui.splits import loaded_split

st.title("Models", anchor=False)
model = chosen_model()
cards = usable_cards(model.dataset)
others = published(model.dataset.name)
model_chart(cards, others)
published_table(others)

name = card_choice(list(cards), model.name)
model_card(name, cards[name])

classic_chart(classic())
st.header("Two models on the same images", anchor=False)
pair = two_models(cards)
if pair is None:
    st.stop()
try:
    split = loaded_split(model.dataset)
except DataUnavailableError as error:
    missing_data(model.dataset, error)
    st.stop()
comparison_view(*pair, split)
