/** The mark at the start of text in UTF-8, of which httpd knows nothing. */
export const BYTE_ORDER_MARK = "\ufeff";
/** The mark of UTF-16 as bytes that are no UTF-8, in either order. */
export const UTF_16 = /^(?:\udcff\udcfe|\udcfe\udcff)/;
