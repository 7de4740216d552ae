/** Hold of an order whose agreed appointment the desk does not know any more, although the log has no cancel of it. */
export const LOST_APPOINTMENT_HOLD = 'LostAppointment';
export const LOST_APPOINTMENT_CAUSE = 'DESK_LOST_APPOINTMENT';
