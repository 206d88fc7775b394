/**
 * Colours of Scalar that are too faint for small letters, darker in the light and lighter in the dark; and parts of it
 * that a keyboard or a screen reader cannot use. The languages of examples are chosen beside each example as well.
 */
export const READABLE = `
.light-mode {
  --scalar-color-2: #5f5f5f;
  --scalar-color-3: #6b6b6b;
  --scalar-sidebar-color-2: #5f5f5f;
  --scalar-sidebar-search-color: #6b6b6b;
  --scalar-color-green: #067647;
  --scalar-color-blue: #0067a8;
  --scalar-color-orange: #b03a00;
  --scalar-color-red: #c4000a;
}
.dark-mode {
  --scalar-color-3: #949494;
  --scalar-sidebar-search-color: #949494;
  --scalar-color-red: #ff6b61;
}
.client-libraries-content, .client-libraries-list { display: none !important; }
.reference .endpoints, .reference .scalar-card-content:has(.endpoints) { max-height: none; overflow: clip; }
.reference .endpoint-path { white-space: normal; overflow-wrap: anywhere; }
`;
