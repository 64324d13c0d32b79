"""What people bring, to train on beside a data set: photos, drawings, and other things."""
