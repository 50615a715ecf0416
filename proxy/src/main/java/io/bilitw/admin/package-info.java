/**
 * What the master says by HTTP: metrics for Prometheus, whether it is well, its configuration, and
 * a page for people.
 *
 * <p>Start here: {@link io.bilitw.admin.Endpoint}, one row a path; then {@link
 * io.bilitw.admin.HttpPort}.
 *
 * <p>Uses: {@code config}, {@code stats}. Used by: {@code master} only.
 */
@NullMarked
package io.bilitw.admin;

import org.jspecify.annotations.NullMarked;
