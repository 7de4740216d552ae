/** A ServiceOrder_Create of the profile. The description of the API shows it, and a test sends it. */
export const ORDER_EXAMPLE = {
  externalId: 'BSS-748',
  category: 'home',
  priority: '2',
  description: 'two televisions in a new home',
  requestedStartDate: '2030-03-02T00:00:00+09:00',
  relatedParty: [
    {
      '@type': 'RelatedParty',
      '@referredType': 'Individual',
      id: 'BSS-CUSTOMER-9',
      role: 'customer',
      name: '홍길동',
      contactMedium: [{ mediumType: 'phone', characteristic: { phoneNumber: '010-1234-5678' } }],
    },
  ],
  note: [{ text: 'please ring twice' }],
  serviceOrderItem: [
    {
      id: '1',
      action: 'add',
      service: {
        serviceSpecification: { id: 'internet' },
        place: [{ role: 'installationAddress', name: '서울특별시 강남구 역삼로 12' }],
      },
    },
    { id: '2', action: 'add', quantity: 2, service: { serviceSpecification: { id: 'tv' } } },
  ],
} as const;

/** A merge patch: from now on one television, and sooner. */
export const PATCH_EXAMPLE = {
  priority: '1',
  requestedStartDate: null,
  serviceOrderItem: [
    { id: '1', action: 'noChange', service: { serviceSpecification: { id: 'internet' } } },
    { id: '2', action: 'add', quantity: 1, service: { serviceSpecification: { id: 'tv' } } },
  ],
} as const;

/** A CancelServiceOrder_Create. */
export const CANCEL_EXAMPLE = {
  cancellationReason: 'CUSTOMER_CHANGED_MIND',
  serviceOrder: { id: 'ORD-000001' },
} as const;
