"""The parts a page is put together from; each draws itself into a rectangle."""
