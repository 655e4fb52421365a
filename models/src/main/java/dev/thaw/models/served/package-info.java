/** The models of one domain as serving combines them, trained and asked in one process. */
@NullMarked
package dev.thaw.models.served;

import org.jspecify.annotations.NullMarked;
