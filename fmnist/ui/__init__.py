"""What pages share. Everything here may import Streamlit; nothing here is a page."""

from fmnist.settings import one_thread_a_product

one_thread_a_product()
