"""What every model says of the same picture."""

import streamlit as st

from fmnist.models import ModelError
from fmnist.preprocessing import ModelInputs
from fmnist.ui import charts
from fmnist.ui.cache import ReadyModel, ready_model, usable_cards
from fmnist.ui.charts import ink
from fmnist.ui.wording import in_a_sentence, percent

_BAR = 17


def other_models(model: ReadyModel, inputs: ModelInputs, true_label: int | None) -> None:
    """Show the bars of every other model of the data set, beside each other."""
    names = model.dataset.class_names
    others = [
        name
        for name, card in usable_cards(model.dataset).items()
        if name != model.name and not card.takes_photos
    ]
    if not others:
        st.caption("There is no other model for these images yet. Train one to compare.")
        return
    columns = st.columns(2, gap="medium")
    for place, name in enumerate([model.name, *others]):
        with columns[place % 2]:
            try:
                ready = ready_model(name)
            except (ModelError, ValueError) as error:
                st.caption(f":material/error: **{name}** cannot be used: {error}")
                continue
            # Alone, for what a second model makes of a photo is the same beside each of them.
            probabilities = ready.classifier.predict_proba(inputs.image[None])[0]
            top = int(probabilities.argmax())
            share, said = percent(probabilities[top]), in_a_sentence(names[top])
            colour = "" if true_label is None else ("blue" if top == true_label else "red")
            said = f"{share} {said}"
            st.markdown(f"**{name}**, {f':{colour}[{said}]' if colour else said}")
            rows = charts.probabilities_rows(probabilities, names, true_label, by_probability=False)
            specification = charts.probabilities_spec(len(names), ink(), _BAR)
            charts.show(specification, rows, f"{name}. {charts.probabilities_alt(rows)}")
