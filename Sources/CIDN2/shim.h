// libidn2 as a system library: domain names of JIDs (IDNA 2008).
#include <idn2.h>
