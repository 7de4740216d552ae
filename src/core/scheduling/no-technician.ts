/** Hold of an order whose customer agreed to a time for which no technician is free. */
export const NO_TECHNICIAN_HOLD = 'ScheduleVisit';
export const NO_TECHNICIAN_CAUSE = 'NO_TECHNICIAN_AT_AGREED_SLOT';
