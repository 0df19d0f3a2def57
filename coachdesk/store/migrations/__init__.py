"""The steps by which a desk's schema came to be; run by ``coachdesk.store.migration`` only."""
