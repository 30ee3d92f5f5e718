/** The store of docs/how-to/follow-a-store-of-your-own.md, as a user writes it. */
@NullMarked
package com.example.store;

import org.jspecify.annotations.NullMarked;
