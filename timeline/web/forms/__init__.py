"""What people type. Forms keep it and put errors beside it; `editorial` decides whether it holds."""
