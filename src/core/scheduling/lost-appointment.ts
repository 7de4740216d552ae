/** Hold of an order whose agreed appointment the desk does not know any more, although nobody cancelled it. */
export const LOST_APPOINTMENT_HOLD = 'LostAppointment';
export const LOST_APPOINTMENT_CAUSE = 'DESK_LOST_APPOINTMENT';
