namespace OpsConsole.Samples.Reports.Sales;

/// <summary>Where an order was placed.</summary>
public enum Region
{
    /// <summary>Every region; never stored with an order.</summary>
    All,
    North,
    South,
    East,
    West,
    Central,
}
