"""Charts that need no script: SVG and tables, coloured by the design tokens, so that they follow the scheme."""
