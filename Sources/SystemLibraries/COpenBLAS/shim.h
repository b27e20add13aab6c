#pragma once
#include <cblas.h>
// LAPACK's Cholesky factorisation, which the library holds under its Fortran name.
extern void dpotrf_(const char *triangle, const int *order, double *matrix, const int *leading,
                    int *status);
