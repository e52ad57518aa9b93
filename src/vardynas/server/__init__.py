"""The service: a glossary answered over HTTP, as JSON, and for OpenRefine.

`vardynas.server.app` puts it together; ``vardynas serve`` runs it. It needs the extra ``serve``.
"""
