"""What pages share. Everything here may import Streamlit; nothing here is a page."""
