"""What a resolution forgot, left open or contradicts: findings about a plan that can be used, each with its sentence (U2)."""
