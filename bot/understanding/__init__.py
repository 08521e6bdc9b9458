"""What a message means in its conversation: several questions in one, and short ones that lean on the answer before."""
