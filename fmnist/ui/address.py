"""The page's address, which a reload and a link bring back."""

import streamlit as st

_component = st.components.v2.component(
    "fmnist_address",
    js="""export default ({ data }) => {
  const address = new URL(location.href);
  if (data.value) address.searchParams.set(data.name, data.value);
  else address.searchParams.delete(data.name);
  history.replaceState(history.state, "", address);
}""",
)


def keep_in_address(name: str, value: str) -> None:
    """Write a value into the address as ``?name=value``; an empty one is taken out.

    What is set in ``st.query_params`` would be one more page to go back through each time.
    """
    _component(data={"name": name, "value": value}, key=f"address-{name}", height=0)
