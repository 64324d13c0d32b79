"""What the lessons compute, in numpy alone: small networks that learn while one watches."""
