using ClosedLoop.Data.Optimove;

namespace ClosedLoop.Data.Suppression;

/// <summary>Takes back what a person has taken back: nothing else does.</summary>
public sealed class UnsubscribeStore(LedgerWriter writer)
{
    /// <param name="clientId">The client.</param>
    /// <param name="address">Normalised.</param>
    /// <returns>False when the address was not unsubscribed.</returns>
    public Task<bool> RemoveAsync(long clientId, string address) => writer.WriteAsync(context =>
    {
        var isBack = context.Execute("DELETE FROM suppression WHERE client_id = $1 AND address = $2 AND kind = $3", clientId, AddressCase.Fold(address), (int)SuppressionKind.Unsubscribed) == 1;
        if (isBack) ConsentNotes.OfAddress(context, clientId, address);
        return isBack;
    });
}
