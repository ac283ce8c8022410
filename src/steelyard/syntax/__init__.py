"""Text to tree. The only package that knows Lark."""
