// Loaded with --require into the dashboard's process. The channel to the parent breaks also when the parent is killed
// with -9, which no exit handler of the parent sees; without this the port would stay taken.
process.on('disconnect', () => process.exit(0))
