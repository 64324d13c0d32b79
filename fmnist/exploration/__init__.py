"""What is in the data: doubtful labels, near-duplicates, and what its pixels are on average."""
