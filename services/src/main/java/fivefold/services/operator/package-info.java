/**
 * A service whose answers a person types.
 *
 * <p>Start at {@link fivefold.services.operator.Desk}.
 */
package fivefold.services.operator;
