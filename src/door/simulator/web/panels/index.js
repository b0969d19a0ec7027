// The panels beside the phone, in their order: one line each.
export const panels = [
]
