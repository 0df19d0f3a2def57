"""Paper and letters: the tagged plan against plain ReportLab, a sealed bundle against raw cryptography."""
