ALTER TABLE camera_view ADD COLUMN
  blurred REAL; -- share of the time in which the picture was blurred, 0 to 1; NULL: nobody lay
