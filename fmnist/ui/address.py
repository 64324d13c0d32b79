"""The page's address, which a reload and a link bring back."""

from collections.abc import Mapping

import streamlit as st

_component = st.components.v2.component(
    "fmnist_address",
    js="""export default ({ data }) => {
  const address = new URL(location.href);
  for (const [name, value] of Object.entries(data)) {
    if (value) address.searchParams.set(name, value);
    else address.searchParams.delete(name);
  }
  history.replaceState(history.state, "", address);
}""",
)


def keep_in_address(values: Mapping[str, str]) -> None:
    """Write values into the address as ``?name=value``; an empty one is taken out.

    What is set in ``st.query_params`` would be one more page to go back through each time.
    """
    _component(data=dict(values), key=f"address-{'-'.join(values)}", height=0)
