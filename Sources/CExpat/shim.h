// libexpat as a system library: the XML tokenizer under target XML.
#include <expat.h>

// Some 2.5 packages carry the 2.6 back-port of reparse deferral and some do not, so the version cannot tell.
extern XML_Bool XML_SetReparseDeferralEnabled(XML_Parser parser, XML_Bool enabled) __attribute__((weak));

// Makes expat report a token as soon as its last byte has come: StreamParser holds unfinished tokens itself.
static inline void expat_report_at_once(XML_Parser parser) {
    if (XML_SetReparseDeferralEnabled) {
        XML_SetReparseDeferralEnabled(parser, XML_FALSE);
    }
}
